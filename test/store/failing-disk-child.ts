import type { Disk } from '../../server/domain/ports/disk.ts';
import { endAtOnce } from '../../server/machine.ts';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { note, openOn, tenantA } from './world.ts';

// The store of a real process on a disk that stops confirming: ends as the app itself would.
const [folder = ''] = process.argv.slice(2);
let isBroken = false;
const disk = openDisk();
const breaking: Disk = {
  ...disk,
  open: async (path, how) => {
    const file = await disk.open(path, how);
    return {
      ...file,
      sync: async () => {
        if (isBroken) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
        await file.sync();
      },
    };
  },
};
const store = await openOn(breaking, {
  folder,
  process: thisProcess(),
  onFatal: endAtOnce,
});
await store.transact(tenantA, (tx) => tx.put('note', note('n', 'kept')));
process.stdout.write('kept\n');
isBroken = true;
await store.transact(tenantA, (tx) => tx.put('note', note('n', 'never acknowledged')));
process.stdout.write('acknowledged\n');
