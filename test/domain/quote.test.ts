import { expect, test } from 'vitest';
import { quoteDocument } from '../../server/domain/quote.ts';

test('an https address in the field is a link, as a browser reads it', () => {
  expect(quoteDocument(' https://Quotes.example/q/1?v=2 ')).toEqual({
    status: 'link',
    url: 'https://quotes.example/q/1?v=2',
  });
});

test('an empty field is no document', () => {
  for (const field of [null, undefined, '', '   '])
    expect(quoteDocument(field)).toEqual({ status: 'none' });
});

test.each([
  'http://quotes.example/q/1',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '//quotes.example/q/1',
  'quotes.example/q/1',
  'https://person:secret@quotes.example/q/1',
  'file:///etc/passwd',
  `https://quotes.example/${'q'.repeat(2_000)}`,
  42,
  true,
  { href: 'https://quotes.example' },
])('%s is never made a link', (field) => {
  expect(quoteDocument(field)).toEqual({ status: 'refused' });
});
