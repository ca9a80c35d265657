import { signal } from '@preact/signals';

/** A question before something that matters. It stands in for `confirm`, which a frame may not use. */
export interface Question {
  title: string;
  body: readonly string[];
  yes: string;
  danger?: boolean;
  /** Asks for a reason, which is then required. */
  reason?: string;
  /** Asks for an end date, which may stay empty. */
  until?: boolean;
  /** Asks for a date, preselected. */
  date?: { label: string; value: string };
}
export interface Yes {
  reason: string;
  until: string | null;
  date: string;
}
export const question = signal<(Question & { answer: (yes: Yes | null) => void }) | null>(null);

/** Null is "no". */
export function ask(about: Question): Promise<Yes | null> {
  question.value?.answer(null);
  return new Promise((resolve) => {
    question.value = {
      ...about,
      answer: (yes) => {
        question.value = null;
        resolve(yes);
      },
    };
  });
}
