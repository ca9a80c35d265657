import { expect, test } from 'vitest';
import { resource } from '../../ui/state/resource.ts';

/** A server whose answers are held until they are let go, each with how often it was asked. */
function heldServer() {
  const open: (() => void)[] = [];
  let asked = 0;
  return {
    read: async () => {
      asked += 1;
      const value = asked;
      await new Promise<void>((resolve) => open.push(resolve));
      return { ok: true as const, value };
    },
    asked: () => asked,
    answer: async () => {
      open.shift()?.();
      for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
    },
  };
}

test('many changes while one reading is under way are one more reading, and its answer is shown', async () => {
  const server = heldServer();
  const orders = resource([], (_id: string) => server.read());
  const first = orders.load('x1');
  const all = Array.from({ length: 50 }, () => orders.reload());
  expect(server.asked()).toBe(1);
  await server.answer();
  await first;
  expect(orders.state.value).toMatchObject({ value: 1 });
  await server.answer();
  await Promise.all(all);
  expect(server.asked()).toBe(2);
  expect(orders.state.value).toMatchObject({ value: 2, loading: false });
});

test('another address is read at once, and an answer for the one before is not shown', async () => {
  const server = heldServer();
  const orders = resource([], (_id: string) => server.read());
  void orders.load('x1');
  const second = orders.load('x2');
  expect(server.asked()).toBe(2);
  await server.answer();
  expect(orders.state.value.value).toBeNull();
  await server.answer();
  await second;
  expect(orders.state.value.value).toBe(2);
});
