import type { Frame, Locator, Page } from 'playwright-core';
import { soon } from './soon.ts';

const clickable = ['button', 'link', 'tab', 'radio', 'checkbox', 'menuitem'] as const;

const clickTryMs = 1_000;

/**
 * Clicks what has this name; where a dialog came over it meanwhile, what has it there. It is tried without
 * clicking until it can be clicked, then that very element is clicked once: a click that timed out may
 * have arrived. One that was drawn anew in between was not clicked.
 */
export const click = (page: Page | Frame, name: string): Promise<true> =>
  soon(`a click on “${name}”`, async () => {
    const target = await clickTarget(page, name);
    const found = await target.click({ timeout: clickTryMs, trial: true }).then(
      () => target.elementHandle({ timeout: clickTryMs }).catch(() => null),
      () => null,
    );
    return found
      ? found.click().then(
          () => true as const,
          (error: unknown) => {
            if (/not attached|detached/.test(String(error))) return null;
            throw error;
          },
        )
      : null;
  });

/** What can be clicked under this name: the whole name, else one that begins with it, else one that contains it. */
export async function clickTarget(page: Page | Frame, name: string): Promise<Locator> {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const ways = [`^\\s*${escaped}\\s*$`, `^\\s*${escaped}`, escaped].map((text) => new RegExp(text));
  return soon(`something to click with the name “${name}”`, async () => {
    // What lies under an open dialog cannot be clicked.
    const dialog = page.locator('dialog[open]');
    const where = (await dialog.count()) > 0 ? dialog.last() : page;
    for (const way of ways) {
      const found = named(where, way).filter({ visible: true });
      if ((await found.count()) > 0) return found.first();
    }
    return null;
  });
}

const named = (where: Page | Frame | Locator, name: RegExp): Locator =>
  clickable.map((role) => where.getByRole(role, { name })).reduce((one, other) => one.or(other));

/** The control with this label; of several, the one in the form that `button` sends. */
export async function fieldTarget(
  where: Page | Frame,
  label: string,
  button: string | null,
): Promise<Locator> {
  const found = (['combobox', 'textbox', 'spinbutton', 'searchbox'] as const)
    .map((role) => where.getByRole(role, { name: label, exact: true }))
    .reduce((one, other) => one.or(other), where.getByLabel(label, { exact: true }))
    .filter({ visible: true });
  await found.first().waitFor();
  if (button === null || (await found.count()) === 1) return found.first();
  const form = where
    .locator('form')
    .filter({ has: where.getByRole('button', { name: button, exact: true }) });
  return form.locator('select, input').and(found).first();
}

/** Types, or chooses the first option that contains the text. */
export async function fill(field: Locator, value: string): Promise<void> {
  const kind = await field.evaluate((one) => one.getAttribute('type') ?? one.tagName);
  // A search shows what it found by itself, a moment after the last key.
  const found = kind === 'search' && field.page().waitForResponse(/[?&]search=/);
  if (kind !== 'SELECT') await field.fill(value);
  if (kind !== 'SELECT') return void (await found);
  const options = await field.locator('option').allTextContents();
  const index = options.findIndex((text) => text.includes(value));
  if (index === -1) throw new Error(`there is no choice with “${value}”`);
  await field.selectOption({ index });
}
