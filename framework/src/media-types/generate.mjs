// Writes the media types by file name extension that FileMediaTypes reads, from the npm package mime-db:
//   cd "$(mktemp -d)" && npm install mime-db
//   node …/framework/src/media-types/generate.mjs node_modules/mime-db > …/framework/src/main/resources/dev/leantea/http/media-types.txt
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const types = JSON.parse(readFileSync(`${folder}/db.json`, 'utf8'));

// Where two registered types claim an extension and the rule below does not decide as browsers need it.
const chosen = { wav: 'audio/wav', mts: 'video/mp2t', rtf: 'application/rtf', xml: 'application/xml', xsl: 'application/xml' };
const sources = ['iana', 'apache', 'nginx', undefined];

// Registered types first, then those that say more than application/….
const rank = (type) => sources.indexOf(types[type].source) * 2 + (type.startsWith('application/') ? 1 : 0);

const best = new Map();
for (const type of Object.keys(types).sort()) {
  for (const extension of types[type].extensions ?? []) {
    const other = best.get(extension);
    if (other === undefined || rank(type) < rank(other)) best.set(extension, type);
  }
}
for (const [extension, type] of Object.entries(chosen)) best.set(extension, type);

const lines = new Map();
for (const [extension, type] of [...best].sort()) {
  if (type !== 'application/octet-stream') lines.set(type, [...(lines.get(type) ?? [type]), extension]);
}
console.log(`# Media types by file name extension: a type and its extensions on each line.
# Made of mime-db ${version} by framework/src/media-types/generate.mjs.
#
# mime-db: (The MIT License)
#
${readFileSync(`${folder}/LICENSE`, 'utf8').replace(/^\(The MIT License\)\s*/, '').trim().replace(/^/gm, '# ').replace(/ +$/gm, '')}`);
for (const type of [...lines.keys()].sort()) console.log(lines.get(type).join(' '));
