import type { Checklist } from "../../../protocol/api/checklist.ts";
import { drawQrCode } from "../../qr-code.ts";
import type { ChecklistContent } from "./checklist.ts";

/** A code of more modules is too fine for a phone at arm's length. */
const MAX_BYTES = 1_100;

/** The list as plain text inside a QR code: a phone shows it without any network. Shorter where the whole does not fit. */
export function takeHomeCode(list: ChecklistContent): Checklist["takeHome"] {
	const texts = [toText(list, "whole"), toText(list, "names"), toText(list, "own-names")];
	const fitting = texts.find((text) => Buffer.byteLength(text) <= MAX_BYTES);
	return fitting === undefined ? null : drawQrCode(fitting);
}

/** The official page of the first topic that has one. */
export function pageCode({ topics }: ChecklistContent): Checklist["page"] {
	const url = topics.find((topic) => topic.url !== null)?.url ?? null;
	return url === null ? null : drawQrCode(url);
}

function toText(list: ChecklistContent, length: "whole" | "names" | "own-names"): string {
	const isChinese = list.language === "zh-Hans";
	const topics = list.topics.map(({ name, nameChinese }) => (isChinese ? name : `${name} ${nameChinese}`));
	const documents = list.documents.map(({ name, nameChinese, detail }) => {
		const both = isChinese || length === "own-names" ? name : `${name} ${nameChinese}`;
		return `□ ${both}${length === "whole" && detail !== "" ? ` (${detail})` : ""}`;
	});
	const hotlines = list.topics.flatMap(({ facts }) =>
		facts.flatMap(({ kind, label, lines }) => (kind === "hotline" ? [`${label} ${lines.join(", ")}`] : [])),
	);
	return [
		...topics,
		list.labels.bring,
		...documents,
		...(list.note === null ? [] : [list.note]),
		...new Set(hotlines),
	].join("\n");
}
