/** Chinese terms as foreigners learn and type them: "shebao", "lvka" or "luka". Only what is written in Latin letters. */
export function pinyinOf(words: readonly string[]): string[] {
	const latin = words.filter((word) => /^[\p{Script=Latin} ]+$/u.test(word));
	return latin.flatMap((word) => (word.includes("ü") ? [word, word.replaceAll("ü", "v")] : [word]));
}
