// `npm run reliability:tables`: puts the figures of the records into the documents anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { generated } from './generated.ts';

for (const { path, whole } of generated()) {
  const document = readFileSync(path, 'utf8');
  const made = whole(document);
  if (made !== document) writeFileSync(path, made);
}
