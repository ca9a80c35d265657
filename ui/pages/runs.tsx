import { place } from '../router.ts';
import { connection } from '../state/shell.ts';
import { RunList } from './runs/list.tsx';
import { OneRun } from './runs/one.tsx';

/** All runs, or one with its progress. */
export function RunsPage() {
  const id = connection.value?.id ?? '';
  const runId = place.value.path[3];
  return runId ? <OneRun key={runId} id={id} runId={runId} /> : <RunList id={id} />;
}
