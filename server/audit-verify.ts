// `npm run audit:verify`: is the audit trail as it was written? With `DATA_DIR` and `MASTER_KEYS` of the
// app, which may go on running meanwhile. Exit code 1 when something was changed.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkAudit, faultText } from './access/audit-check.ts';
import { masterKeysSchema } from './access/master-keys.ts';
import { openDisk } from './store/disk.ts';

const given = v.safeParse(
  v.object({ DATA_DIR: v.pipe(v.string(), v.minLength(1)), MASTER_KEYS: masterKeysSchema }),
  process.env,
);
if (!given.success) {
  process.stderr.write('Set DATA_DIR and MASTER_KEYS as the app has them.\n');
  process.exit(2);
}
const chains = await checkAudit({
  folder: join(given.output.DATA_DIR, 'audit'),
  disk: openDisk(),
  crypto: {
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  },
  masterKeys: given.output.MASTER_KEYS,
});
const lines = chains.map(({ name, entries, unsealed, fault }) =>
  fault === null
    ? `${name}: whole, ${entries} entries${unsealed > 0 ? `, ${unsealed} behind the seal` : ''}`
    : `${name}: BROKEN, ${faultText(fault)}`,
);
process.stdout.write(`${lines.join('\n') || 'There is no audit trail yet.'}\n`);
process.exit(chains.every(({ fault }) => fault === null) ? 0 : 1);
