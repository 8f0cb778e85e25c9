// The web application: Draw itself, and the shop's function that its compositions call.
import '@olympeio/draw';
import { discounted } from '../common/price.js';

globalThis.shop = { discounted };
