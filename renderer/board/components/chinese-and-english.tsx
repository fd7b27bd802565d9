import type { ReactNode } from "react";

/** The same in Chinese and in English. */
export function Both({ chinese, children }: { chinese: ReactNode; children: ReactNode }) {
	return (
		<>
			<span lang="zh-Hans">{chinese}</span>
			<span lang="en">{children}</span>
		</>
	);
}
