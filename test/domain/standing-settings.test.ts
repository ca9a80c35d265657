import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { defaultSettings, type Settings, settingsSchema } from '../../server/domain/settings.ts';
import { standingRefusals } from '../../server/domain/standing-settings.ts';
import { settingsTexts } from '../../ui/texts/en-settings.ts';

const systems = Object.values(connectors).flatMap((make) => make?.({}).manifest ?? []);
const standing = systems.filter(({ kind }) => kind === 'standing');
const others = systems.filter(({ kind }) => kind !== 'standing');
/** Choices that open lines can have beside the defaults. */
const taken: readonly string[] = ['seatChanges net'];
const texts: Readonly<Record<string, string>> = settingsTexts.impossible;

/** Every other value of a choice than the one that open lines can have. */
const refused: readonly (readonly [keyof typeof standingRefusals, Settings])[] = (
  [
    ['postAs', ['submitted', 'approved', 'sent']],
    ['seatChanges', ['blend']],
    ['yearly', ['join', 'parts']],
    ['otherCurrency', ['system-price', 'order-rate', 'my-rate']],
    ['invoice', ['per-order', 'monthly']],
    ['refunds', ['credit-note']],
  ] as const
).flatMap(([field, values]) =>
  values.map(
    (value) => [field, v.parse(settingsSchema, { ...defaultSettings, [field]: value })] as const,
  ),
);

describe.each(standing.map((manifest) => [manifest.name, manifest] as const))(
  '%s',
  (_, manifest) => {
    it.each(refused)(
      'refuses another %s than open lines can have, and says why',
      (field, settings) => {
        expect(manifest.check(settings)).toEqual([{ field, code: standingRefusals[field] }]);
        expect(texts[standingRefusals[field]]?.length).toBeGreaterThan(20);
      },
    );

    it.each(['', ...taken])('takes the defaults, and %s', (choice) => {
      const [field = 'seatChanges', value = 'lines'] = choice === '' ? [] : choice.split(' ');
      const settings = v.parse(settingsSchema, { ...defaultSettings, [field]: value });
      expect(manifest.check(settings)).toEqual([]);
    });
  },
);

it('tries every value that each of these choices has', () => {
  const tried = refused.map(([field, settings]) => `${field} ${settings[field]}`);
  const all = (Object.keys(standingRefusals) as (keyof typeof standingRefusals)[]).flatMap(
    (field) => {
      const schema: { options?: readonly string[]; wrapped?: { options?: readonly string[] } } =
        settingsSchema.entries[field];
      const options = schema.options ?? schema.wrapped?.options ?? [];
      return options
        .filter((value) => value !== defaultSettings[field])
        .map((value) => `${field} ${value}`)
        .filter((one) => !taken.includes(one));
    },
  );
  expect(tried.toSorted()).toEqual(all.toSorted());
});

it('is no matter of systems that get a line for each charge', () => {
  for (const { check } of others)
    for (const [field, settings] of refused.filter(([one]) => one !== 'postAs'))
      expect(check(settings).filter((problem) => problem.code === standingRefusals[field])).toEqual(
        [],
      );
});
