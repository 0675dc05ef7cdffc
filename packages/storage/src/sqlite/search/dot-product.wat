;; Dot products of one int8 vector with many, 16 lanes at a time. Built to dot-product.gen.ts by `pnpm gen`.
;; Memory: the query as int16 at 0, the rows as int8 at $rows, the int32 results at $out. $dim is a multiple of 8.
(module
  (import "env" "memory" (memory 1 65536))
  (func (export "scan") (param $rows i32) (param $count i32) (param $dim i32) (param $out i32)
    (local $end i32) (local $q i32) (local $row_end i32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $q (i32.const 0))
        (local.set $row_end (i32.add (local.get $rows) (local.get $dim)))
        (loop $each_lane
          (local.set $sum (i32x4.add (local.get $sum)
            (i32x4.dot_i16x8_s (v128.load (local.get $q)) (v128.load8x8_s (local.get $rows)))))
          (local.set $q (i32.add (local.get $q) (i32.const 16)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 8)))
          (br_if $each_lane (i32.lt_u (local.get $rows) (local.get $row_end))))
        (i32.store (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $each_row)))))
