import { effect, signal } from '@preact/signals';
import { shell } from './shell.ts';

/** The connection whose settings are open. */
export const settingsFor = signal<string | null>(null);

/** A connection just made opens its settings by itself, once. */
const opened = new Set<string>();
effect(() => {
  const id = shell.state.value.value?.openSettings ?? null;
  if (id === null || opened.has(id)) return;
  opened.add(id);
  settingsFor.value = id;
});
