// Loaded before anything else (`node --import`): plants the bug that SIMULATION_MUTANT names. The
// server holds no switch for it; its text is changed on the way from the disk to the engine.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { mutants } from './index.ts';

const mutant = mutants.find(({ name }) => name === process.env.SIMULATION_MUTANT);
if (mutant === undefined) throw new Error('there is no such mutant');
const root = new URL('../../../', import.meta.url);
const target = new URL(mutant.file, pathToFileURL(`${root.pathname}/`)).href;
let isPlanted = false;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const { source } = loaded;
    const text =
      typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
    if (text.split(mutant.find).length !== 2)
      throw new Error(
        `mutant ${mutant.name} is out of date: its text does not stand once in ${mutant.file}`,
      );
    isPlanted = true;
    return { ...loaded, source: text.replace(mutant.find, () => mutant.replace) };
  },
});

process.on('exit', () => {
  // The app is loaded by the threads that simulate.
  if (isPlanted || isMainThread) return;
  console.error(`mutant ${mutant.name} was never planted: ${mutant.file} was not loaded`);
  process.exitCode = 3;
});
