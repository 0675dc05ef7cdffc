CREATE TABLE `excluded_chunks` (
	`document_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`revision` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`page` integer,
	`times` text,
	`section` text,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`tokens` integer NOT NULL,
	`text` text NOT NULL,
	`corrected` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`document_id`, `revision`, `ordinal`)
);
--> statement-breakpoint
CREATE INDEX `excluded_chunks_workspace` ON `excluded_chunks` (`workspace_id`);--> statement-breakpoint
ALTER TABLE `chunks` ADD `corrected` integer DEFAULT false NOT NULL;