import { open } from 'node:fs/promises';
import type { Disk } from '../../server/domain/ports/disk.ts';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { commitWhole } from '../store/whole-commits.ts';
import { openOn } from '../store/world.ts';

// Commits until it is killed. What was acknowledged to it, it says to the drive itself, so that the
// order between the two is known; to the one who started it only that it goes on.
const [folder = '', drive = '', markAt = '', how = ''] = process.argv.slice(2);
const disk = openDisk();
/** The counter-trial: a store that never waits for the drive. */
const careless: Disk = {
  ...disk,
  syncFolder: async () => undefined,
  open: async (...given) => ({ ...(await disk.open(...given)), sync: async () => undefined }),
};
const store = await openOn(how === 'careless' ? careless : disk, {
  folder,
  process: thisProcess(),
});
const marks = await open(drive, 'r+');
const mark = Buffer.alloc(8);
for (let number = 1; ; number += 1) {
  await commitWhole(store, number);
  mark.writeBigUInt64LE(BigInt(number));
  await marks.write(mark, 0, mark.length, Number(markAt));
  process.stdout.write(`${number}\n`);
}
