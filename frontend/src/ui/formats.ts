/**
 * How days and numbers are written. A formatter takes a tenth of a millisecond to make, and a list needs the same
 * few in each of its rows, so that each is made once.
 */
export const dateFormat = kept<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
);
export const numberFormat = kept<Intl.NumberFormatOptions, Intl.NumberFormat>(
  (locale, options) => new Intl.NumberFormat(locale, options),
);
export const relativeFormat = kept<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(
  (locale, options) => new Intl.RelativeTimeFormat(locale, options),
);

function kept<O, F>(make: (locale: string, options?: O) => F): (locale: string, options?: O) => F {
  const made = new Map<string, F>();
  return (locale, options) => {
    const name = options ? locale + JSON.stringify(options) : locale;
    const known = made.get(name);
    if (known) return known;
    const format = make(locale, options);
    made.set(name, format);
    return format;
  };
}
