ALTER TABLE `jobs` ADD `text_attempts` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `sources` ADD `stalls` integer DEFAULT 0 NOT NULL;
