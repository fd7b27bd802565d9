import fc from "fast-check";
import { expect, test } from "vitest";
import { countedAs } from "../../../lib/host-addresses.ts";

test.each([
	["192.0.2.7", "192.0.2.7"],
	["::ffff:192.0.2.7", "192.0.2.7"],
	["::FFFF:192.0.2.7", "192.0.2.7"],
	["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
	["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
	["2001:db8::1", "2001:db8:0:0::/64"],
	["fe80::1%eth0", "fe80:0:0:0::/64"],
	["::1", "0:0:0:0::/64"],
	["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
	["unknown", "unknown"],
	["", ""],
])("%j is counted as %j", (address, name) => {
	expect(countedAs(address)).toBe(name);
});

test("all addresses of one IPv6 network are counted as one, and no other is", () => {
	const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
	const four = fc.array(group, { minLength: 4, maxLength: 4 });
	fc.assert(
		fc.property(four, four, four, (network, one, other) => {
			const name = countedAs([...network, ...one].join(":"));
			expect(countedAs([...network, ...other].join(":"))).toBe(name);
			const neighbour = [...network.slice(0, 3), (Number.parseInt(network[3] ?? "", 16) ^ 1).toString(16)];
			expect(countedAs([...neighbour, ...one].join(":"))).not.toBe(name);
		}),
	);
});
