import { expect, test } from 'vitest';
import { addressIn, isLoopbackAddress, isPublicAddress } from '../../server/access/addresses.ts';

const publicOnes = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '100.128.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '64:ff9b::808:808',
];
const privateOnes = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '64:ff9b::',
  '100::1',
  '2001::1',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
  '8.8.8',
  '0x7f.1',
  '017700000001',
];

test.each(publicOnes)('T6: %s is on the internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
test.each(privateOnes)('T6: %j is not on the internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test('T6: a host that is an address in any spelling is seen as one', () => {
  for (const host of [
    '127.1',
    '0x7f000001',
    '017700000001',
    '2130706433',
    '127.0.0.1.',
    '１２７.0.0.1',
  ])
    expect(addressIn(new URL(`http://${host}/`).hostname)).toBe('127.0.0.1');
  expect(addressIn(new URL('http://[::FFFF:127.0.0.1]/').hostname)).toBe('::ffff:7f00:1');
  expect(addressIn(new URL('http://api.example.com/').hostname)).toBeNull();
  expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopbackAddress)).toBe(true);
  expect(['::ffff:7f00:1', '10.0.0.1', '128.0.0.1', ''].some(isLoopbackAddress)).toBe(false);
});
