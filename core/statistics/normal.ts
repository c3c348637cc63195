/** The 97.5th percentile of the normal distribution: of a 95 % interval on either side. */
export const Z95 = 1.959963984540054;
