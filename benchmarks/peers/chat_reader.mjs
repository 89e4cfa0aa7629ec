// Reads WhatsApp exports with whatsapp-chat-parser and prints what it made of them, as chat_readers.py does.
//   node chat_reader.mjs FOLDER [--time] FILE...      FOLDER: where `npm install whatsapp-chat-parser` was run

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

process.env.TZ = 'UTC';
const [folder, ...rest] = process.argv.slice(2);
const { parseString } = createRequire(resolve(folder) + '/')('whatsapp-chat-parser');

const read = (file) => parseString(readFileSync(file, 'utf8'));

function lookedAt(file) {
  try {
    const rows = read(file).filter((row) => row.author !== null);
    return { messages: rows.map((row) => [row.date.toISOString().replace('Z', ''), row.author, row.message]) };
  } catch (error) {
    return { refused: String(error).slice(0, 200) };
  }
}

function timed(file) {
  const before = process.cpuUsage();
  const count = read(file).length;
  const used = process.cpuUsage(before);
  return { seconds: (used.user + used.system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, count };
}

for (const file of rest.filter((argument) => argument !== '--time')) {
  console.log(JSON.stringify((rest.includes('--time') ? timed : lookedAt)(file)));
}
