/** A number with at most this many digits after the point. */
export function rounded(number, digits) {
    const factor = 10 ** digits;
    return Math.round(number * factor) / factor;
}
