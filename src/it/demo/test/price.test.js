import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discounted } from '../src/common/price.js';

test('takes the discount off', () => assert.equal(discounted(1999, 10), 1799));
test('refuses a discount over 100 percent', () => assert.throws(() => discounted(1999, 110), /between 0 and 100/));
