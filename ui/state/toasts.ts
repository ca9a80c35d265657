import { signal } from '@preact/signals';
import type { Failure, Result } from '../api.ts';
import { wait } from '../clock.ts';
import { reload, type Topic } from './resource.ts';

export type Tone = 'ok' | 'asks' | 'waits' | 'failed';
export interface Toast {
  id: number;
  tone: Tone;
  text: string;
  next: string | null;
  count: number;
  group: string;
}
export const toasts = signal<readonly Toast[]>([]);
const shownMax = 4;
const shownMs = 8_000;
let lastId = 0;

/** Shows a pop-up; one of the same group only counts up. A failure stays until it is closed. */
export function notify(tone: Tone, text: string, options: { next?: string; group?: string } = {}) {
  const group = options.group ?? text;
  const before = toasts.value.find((toast) => toast.group === group);
  lastId += 1;
  const id = lastId;
  const next = options.next ?? null;
  const toast = { id, tone, text, next, group, count: (before?.count ?? 0) + 1 };
  toasts.value = [...toasts.value.filter((one) => one !== before), toast].slice(-shownMax);
  if (tone !== 'failed') void wait(shownMs).then(() => dismiss(id));
}
export const dismiss = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};
export const notifyError = (error: Failure): void =>
  notify('failed', error.message, {
    next: error.said ? `${error.next} “${error.said}”` : error.next,
  });

/** Awaits a change; says how it went and reads again what it touched. */
export async function settle<Value>(
  change: Promise<Result<Value>>,
  said: string | ((value: Value) => string) | null,
  ...topics: Topic[]
): Promise<Value | null> {
  const result = await change;
  if (!result.ok) {
    notifyError(result.error);
    return null;
  }
  if (said !== null) notify('ok', typeof said === 'string' ? said : said(result.value));
  reload(...topics);
  return result.value;
}
