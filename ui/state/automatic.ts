import { signal } from '@preact/signals';
import type { View } from '../api.ts';
import { readPreview } from './run.ts';
import { notifyError } from './toasts.ts';

/** Customers whose switch is about to be turned on, with what would be written at once. */
export const turningOn = signal<{
  customers: { id: string; name: string }[];
  preview: View.PreviewView;
} | null>(null);

/** Reads exactly what automatic would take for these customers. */
export async function previewAutomatic(
  connectionId: string,
  customers: { id: string; name: string }[],
): Promise<void> {
  const customerIds = customers.map(({ id }) => id);
  const result = await readPreview(connectionId, { kind: 'automatic', customerIds });
  if (result.ok) turningOn.value = { customers, preview: result.value };
  else notifyError(result.error);
}
