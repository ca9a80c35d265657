import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { link, logEntry, note, openOn, tenantA } from './world.ts';

// Commits until it is killed; tells each number only after it was acknowledged.
const [folder = ''] = process.argv.slice(2);
const store = await openOn(openDisk(), { folder, process: thisProcess() });
const from = Number((await store.read(tenantA)).get('note', 'count')?.text ?? '0');
for (let number = from + 1; ; number += 1) {
  await store.transact(tenantA, (tx) => {
    tx.put('note', note('count', String(number)));
    tx.put('link', link(`l${number}`));
    tx.log(logEntry(String(number)));
  });
  process.stdout.write(`${number}\n`);
}
