ALTER TABLE `chunks` ADD `times` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `duration` real;