import { expect, test } from "vitest";
import { phrasesOf } from "../../../../renderer/i18n/phrases.ts";

test("a line breaks between words, never inside one", () => {
	expect(phrasesOf("永久居留身份证换发、补发", "zh-Hans")).toEqual(["永久", "居留", "身份证", "换发、", "补发"]);
	expect(phrasesOf("海外人才居住证（B证）", "zh-Hans").at(-1)).toBe("（B证）");
	expect(phrasesOf("工作許可（A・B・C類）", "ja")).toEqual(["工作", "許可", "（A・B・C類）"]);
	expect(phrasesOf("ขอถิ่นที่อยู่ถาวร", "th")).toContain("ถิ่นที่อยู่");
});

test("nothing is lost or added, and other languages break at their spaces", () => {
	for (const text of ["请问您要办理什么业务？", "「Rビザ」の（確認書）", "", "นโยบายผู้มีความสามารถ/วีซ่า R"])
		for (const language of ["zh-Hans", "ja", "th"] as const) expect(phrasesOf(text, language).join("")).toBe(text);
	expect(phrasesOf("Work permit (A, B, C)", "en")).toEqual(["Work permit (A, B, C)"]);
});
