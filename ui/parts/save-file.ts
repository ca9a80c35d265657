import type { Result } from '../api.ts';
import { notifyError } from '../state/toasts.ts';

/** Saves a fetched file under a name; no address with a token is ever made. */
export async function saveFile(file: Promise<Result<Blob>>, name: string): Promise<void> {
  const result = await file;
  if (!result.ok) {
    notifyError(result.error);
    return;
  }
  const address = URL.createObjectURL(result.value);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
