import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentVersion } from '../../../server/store/lowdb/versions.ts';
import { textsOf, written } from './scenario.ts';

// Records the files of this version, once: `node test/store/forms/record.ts`. A record is never made again,
// since stores out there have exactly this form.
const path = join(import.meta.dirname, `version-${currentVersion}.json`);
await writeFile(path, `${JSON.stringify(textsOf(await written()), null, 2)}\n`, { flag: 'wx' });
