// Writes the e-mail lists of npm packages in the form of data/email: one entry a line, sorted.
// usage: node email_lists.js PACKAGES_FOLDER DATA_FOLDER
'use strict';
const fs = require('fs');
const path = require('path');

const [packages, data] = process.argv.slice(2);
const DOMAIN = /^(?=.{4,253}$)([\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;
const WORD = /^[a-z0-9][a-z0-9._+-]{0,63}$/;
// A list that shrinks by more is broken, not tidied.
const LEAST_KEPT = 0.8;

const readPackage = (file) => JSON.parse(fs.readFileSync(path.join(packages, file), 'utf8'));
const readList = (name) => fs.readFileSync(path.join(data, name), 'utf8').split('\n').filter((line) => line && line[0] !== '#');

function tidy(entries, form) {
  const kept = entries.map((entry) => entry.trim().toLowerCase().replace(/^\*\./, '')).filter((entry) => form.test(entry));
  return [...new Set(kept)].sort();
}

function write(name, entries) {
  const before = readList(name);
  if (entries.length < before.length * LEAST_KEPT) {
    throw new Error(`${name}: ${entries.length} entries where there were ${before.length}`);
  }
  const old = new Set(before);
  const fresh = new Set(entries);
  const added = entries.filter((entry) => !old.has(entry)).length;
  const gone = before.filter((entry) => !fresh.has(entry)).length;
  fs.writeFileSync(path.join(data, name), `${entries.join('\n')}\n`);
  console.log(`${name}: ${entries.length} entries, ${added} new, ${gone} gone`);
}

const disposable = tidy(readPackage('disposable-email-domains/index.json'), DOMAIN);
const wildcard = tidy(readPackage('disposable-email-domains/wildcard.json'), DOMAIN);
write('disposable_ivolo.txt', disposable);
write('disposable_wildcard.txt', wildcard);

const throwAway = new Set([...disposable, ...wildcard, ...readList('disposable_cc0.txt')]);
const free = tidy(readPackage('free-email-domains/domains.json'), DOMAIN);
write('free_providers.txt', free.filter((domain) => !throwAway.has(domain)));

const roles = require(path.resolve(packages, 'role-based-email-addresses'));
write('role_accounts.txt', tidy(Array.isArray(roles) ? roles : roles.default, WORD));
