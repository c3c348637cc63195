/** The 97.5th percentile of the normal distribution, for 95 % intervals. */
export const Z95 = 1.959963984540054;
