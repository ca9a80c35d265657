import { inspect } from 'node:util';

const placeholder = '[secret]';

/**
 * A secret in memory. Whatever prints it, prints a placeholder; only `reveal` gives the text, so
 * every use is found by its name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return placeholder;
  }

  toJSON(): string {
    return placeholder;
  }

  [inspect.custom](): string {
    return placeholder;
  }
}
