import { type ReactNode, useEffect, useRef } from "react";

/** A screen's heading. It gets the focus when the screen appears, so that screen readers start with it. */
export function Heading({ className, children }: { className?: string | undefined; children: ReactNode }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus({ preventScroll: true }), []);
	return (
		<h1 ref={heading} tabIndex={-1} className={className}>
			{children}
		</h1>
	);
}
