import { signal } from '@preact/signals';
import type { View } from '../api.ts';
import { readPreview } from './run.ts';
import { notifyError } from './toasts.ts';

/** Customers whose switch is about to be turned on, with what would be written at once. */
export const turningOn = signal<{
  customers: { id: string; name: string }[];
  preview: View.PreviewView | null;
} | null>(null);

/** One customer gets the exact preview; several get the sentence, since each has their own lines. */
export async function previewAutomatic(
  connectionId: string,
  customers: { id: string; name: string }[],
): Promise<void> {
  const [only] = customers;
  if (!only || customers.length > 1) {
    turningOn.value = { customers, preview: null };
    return;
  }
  const result = await readPreview(connectionId, { kind: 'customer', customerId: only.id });
  if (result.ok) turningOn.value = { customers, preview: result.value };
  else notifyError(result.error);
}
