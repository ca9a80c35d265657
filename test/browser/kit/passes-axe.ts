import { expect } from 'vitest';
import { axeFaults } from './axe.ts';
import type { Visitor } from './visitor.ts';

/** What the app shows now can be used by everybody; the marketplace's page around it is not judged. */
export async function passesAxe({ app }: Visitor, screen: string): Promise<void> {
  expect(await axeFaults(await app()), screen).toEqual([]);
}
