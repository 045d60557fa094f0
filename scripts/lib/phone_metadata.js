// Writes metadata.pb and short_metadata.pb from npm's google-libphonenumber.
// usage: node phone_metadata.js PACKAGE_FOLDER OUTPUT_FOLDER
//
// The package holds both tables as JavaScript arrays of the proto PhoneMetadata in which an index is the tag of a
// field, so the wire format follows from the index alone. An index that is not in the tables below means that the
// proto has grown: better to stop than to lose a field.
'use strict';

const fs = require('fs');
const path = require('path');

const VARINT = 0;
const BYTES = 2;

const NUMBER_FORMAT = {1: text, 2: text, 3: repeated(text), 4: text, 5: text, 6: varint};
const NUMBER_DESC = {2: text, 6: text, 9: repeated(varint), 10: repeated(varint)};
const METADATA = {};
for (const tag of [1, 2, 3, 4, 5, 6, 7, 8, 21, 24, 25, 27, 28, 29, 30, 31, 33]) METADATA[tag] = message(NUMBER_DESC);
for (const tag of [9, 11, 12, 13, 15, 16, 17, 23]) METADATA[tag] = text;
for (const tag of [10, 18, 22, 26, 32]) METADATA[tag] = varint;
for (const tag of [19, 20]) METADATA[tag] = repeated(message(NUMBER_FORMAT));

function rawVarint(value) {
  const bytes = [];
  // Negative numbers take ten bytes, as protobuf writes an int32 of -1 ("no such numbers").
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

function delimited(tag, bytes) {
  return Buffer.concat([rawVarint(tag * 8 + BYTES), rawVarint(bytes.length), bytes]);
}

function varint(tag, value) {
  return Buffer.concat([rawVarint(tag * 8 + VARINT), rawVarint(value === true ? 1 : value)]);
}

function text(tag, value) {
  if (typeof value !== 'string') throw new Error(`field ${tag}: ${JSON.stringify(value)} is no text`);
  return delimited(tag, Buffer.from(value, 'utf8'));
}

function repeated(write) {
  return (tag, values) => Buffer.concat(values.map((value) => write(tag, value)));
}

function message(fields) {
  return (tag, array) => delimited(tag, encode(fields, array));
}

function encode(fields, array) {
  const parts = [];
  array.forEach((value, tag) => {
    if (value === null || value === undefined) return;
    if (!fields[tag]) throw new Error(`field ${tag} is unknown: ${JSON.stringify(value).slice(0, 80)}`);
    parts.push(fields[tag](tag, value));
  });
  return Buffer.concat(parts);
}

// The object literal that is assigned to `name`, read without running the rest of the file.
function literal(source, name) {
  const begin = source.indexOf(`${name}={`) + name.length + 1;
  if (begin <= name.length) throw new Error(`${name} is not in the package`);
  let depth = 0;
  for (let i = begin; i < source.length; ++i) {
    const c = source[i];
    if (c === '"' || c === "'") {
      while (source[++i] !== c) if (source[i] === '\\') ++i;
    } else if (c === '{') {
      ++depth;
    } else if (c === '}' && --depth === 0) {
      return Function(`"use strict"; return (${source.slice(begin, i + 1)});`)();
    }
  }
  throw new Error(`${name} does not end`);
}

const [packageFolder, outputFolder] = process.argv.slice(2);
const source = fs.readFileSync(path.join(packageFolder, 'dist/libphonenumber.js'), 'utf8');
for (const [name, file] of [['i18n.phonenumbers.metadata.countryToMetadata', 'metadata.pb'],
                            ['i18n.phonenumbers.shortnumbermetadata.countryToMetadata', 'short_metadata.pb']]) {
  const territories = Object.values(literal(source, name));
  const bytes = repeated(message(METADATA))(1, territories);
  fs.writeFileSync(path.join(outputFolder, file), bytes);
  console.log(`${file}: ${territories.length} territories, ${bytes.length} bytes`);
}
