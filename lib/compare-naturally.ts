/** By the digits' value ("2" before "10") and, in Chinese, by pinyin. */
export const compareNaturally = new Intl.Collator("zh", { numeric: true }).compare;
