import { type ReactNode, useEffect, useRef } from "react";

/** The screen's question. It takes the focus when the screen comes, so that it is read aloud first. */
export function Heading({ className, children }: { className?: string | undefined; children: ReactNode }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus({ preventScroll: true }), []);
	return (
		<h1 ref={heading} tabIndex={-1} className={className}>
			{children}
		</h1>
	);
}
