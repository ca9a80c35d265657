import { describe, expect, it } from 'vitest';
import { href, placeOf } from '../../ui/router.ts';

describe('addresses behind the hash', () => {
  it('V1.2.2: come back as they were made, whatever is in an id', () => {
    const path = ['c', 'a/b?c#d', 'tasks'];
    const query = { view: 'all', search: 'Müller & Söhne = 50 %' };
    expect(placeOf(href(path, query))).toEqual({ path, query });
  });
  it('leave out what is empty', () => {
    expect(href(['log'], { from: '', to: undefined, text: 'x' })).toBe('#/log?text=x');
  });
  it('are the first screen when there is none', () => {
    expect(placeOf('')).toEqual({ path: [], query: {} });
    expect(placeOf('#/')).toEqual({ path: [], query: {} });
  });
  it('survive a broken escape', () => {
    expect(placeOf('#/c/%E0%A4%A').path).toEqual(['c', '%E0%A4%A']);
  });
});
