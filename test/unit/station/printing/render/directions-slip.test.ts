import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import type { DirectionsContent } from "../../../../../station/printing/render/directions-slip-content.ts";
import { TicketRenderer } from "../../../../../station/printing/render/ticket-renderer.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";

const slip = (over: Partial<DirectionsContent> = {}): DirectionsContent => ({
	language: "en",
	from: { name: "Service Centre", nameChinese: "服务中心" },
	topic: { name: "Work permit", nameChinese: "工作许可" },
	site: { name: "Integration service centre in the art museum", nameChinese: "上海艺术博物馆融入服务中心" },
	address: { name: "100 Example Road, Xuhui District", nameChinese: "徐汇区示例路100号" },
	hours: "Open until 17:00",
	map: "geo:31.2304,121.4737",
	printedAt: Date.UTC(2026, 10, 23, 3),
	timezone: "Asia/Shanghai",
	...over,
});

test.each([576, 384] as const)(
	"on paper of %i dots, in every language: short, every glyph ours, the code read back",
	(width) => {
		const drawer = new TicketRenderer(width);
		for (const language of LANGUAGES) {
			const { bitmap, missing } = drawer.renderDirections(slip({ language }));
			expect(missing, language).toEqual([]);
			expect(bitmap.width).toBe(width);
			// Eight dots are a millimetre.
			expect(bitmap.height / 8, language).toBeLessThan(100);
			expect(readQr(bitmap), language).toBe("geo:31.2304,121.4737");
		}
	},
);

test("a place that nobody knows is text that any map takes", () => {
	const { bitmap } = new TicketRenderer(576).renderDirections(
		slip({ map: "上海艺术博物馆融入服务中心 徐汇区示例路100号" }),
	);
	expect(readQr(bitmap)).toBe("上海艺术博物馆融入服务中心 徐汇区示例路100号");
});
