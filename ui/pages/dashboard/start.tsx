import { shell, tileSystem } from '../../state/shell.ts';
import { Checklist, type Step } from './checklist.tsx';

const later = ['settings', 'customers', 'products', 'bill-from', 'preview', 'sync'] as const;

/** Before there is a connection: the same checklist, with only its first two steps open. */
export function StartPage() {
  const connected = shell.state.value.value?.marketplaceConnected ?? false;
  const system = tileSystem.value;
  const steps: Step[] = [
    { id: 'marketplace', done: connected, facts: {} },
    { id: 'connect', done: false, facts: {} },
    ...later.map((id): Step => ({ id, done: false, facts: {} })),
  ];
  return <Checklist steps={steps} connectionId={null} systemId={system?.id ?? ''} />;
}
