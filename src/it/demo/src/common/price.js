/** The price in cents with a discount in percent taken off, rounded to the cent. */
export function discounted(cents, percent) {
    if (!(percent >= 0 && percent <= 100)) {
        throw new RangeError(`discount must be between 0 and 100 percent, not ${percent}`);
    }
    return Math.round(cents * (100 - percent) / 100);
}
