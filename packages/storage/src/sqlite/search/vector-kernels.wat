;; What takes the time of a vector scan, 16 lanes at a time. Built to vector-kernels.gen.ts by `pnpm gen`.
;; $dim is a multiple of 8, $bytes one of 16; what pads a row is zero.
(module
  (import "env" "memory" (memory 1 65536))

  ;; Dot product of the int16 query at 0 with one int8 row.
  (func $dot (param $row i32) (param $dim i32) (result i32)
    (local $q i32) (local $end i32) (local $sum v128)
    (local.set $end (i32.add (local.get $row) (local.get $dim)))
    (loop $each_lane
      (local.set $sum (i32x4.add (local.get $sum)
        (i32x4.dot_i16x8_s (v128.load (local.get $q)) (v128.load8x8_s (local.get $row)))))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (local.set $row (i32.add (local.get $row) (i32.const 8)))
      (br_if $each_lane (i32.lt_u (local.get $row) (local.get $end))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  ;; Dot products with $count rows that follow one another; int32 results at $out.
  (func (export "scan") (param $rows i32) (param $count i32) (param $dim i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (i32.store (local.get $out) (call $dot (local.get $rows) (local.get $dim)))
        (local.set $rows (i32.add (local.get $rows) (local.get $dim)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $each_row))))

  ;; Dot products with the rows whose int32 numbers stand at $at.
  (func (export "scan_at") (param $rows i32) (param $at i32) (param $count i32) (param $dim i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (i32.store (local.get $out)
          (call $dot
            (i32.add (local.get $rows) (i32.mul (i32.load (local.get $at)) (local.get $dim)))
            (local.get $dim)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $each_row))))

  ;; How much of the query disagrees with $count rows of bits, uint16 results at $out. At 0 lie the signs of the query, after
  ;; them three planes of bits: what each dimension weighs, 0 to 7.
  (func (export "disagreement") (param $rows i32) (param $count i32) (param $bytes i32) (param $out i32)
    (local $end i32) (local $q i32) (local $sum v128) (local $differ v128) (local $two i32) (local $three i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 1))))
    (local.set $two (i32.shl (local.get $bytes) (i32.const 1)))
    (local.set $three (i32.add (local.get $two) (local.get $bytes)))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $q (i32.const 0))
        (loop $each_lane
          (local.set $differ (v128.xor (v128.load (local.get $q)) (v128.load (local.get $rows))))
          (local.set $sum (i16x8.add (local.get $sum) (i16x8.extadd_pairwise_i8x16_u
            (i8x16.add
              (i8x16.popcnt (v128.and (local.get $differ)
                (v128.load (i32.add (local.get $q) (local.get $bytes)))))
              (i8x16.add
                (i8x16.shl (i8x16.popcnt (v128.and (local.get $differ)
                  (v128.load (i32.add (local.get $q) (local.get $two))))) (i32.const 1))
                (i8x16.shl (i8x16.popcnt (v128.and (local.get $differ)
                  (v128.load (i32.add (local.get $q) (local.get $three))))) (i32.const 2)))))))
          (local.set $q (i32.add (local.get $q) (i32.const 16)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
          (br_if $each_lane (i32.lt_u (local.get $q) (local.get $bytes))))
        (local.set $sum (i32x4.extadd_pairwise_i16x8_u (local.get $sum)))
        (i32.store16 (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (br $each_row))))

  ;; The floats at $floats as int8 at $row; gives what one step stands for.
  (func (export "quantize") (param $floats i32) (param $dim i32) (param $row i32) (result f32)
    (local $at i32) (local $end i32) (local $max v128) (local $scale f32) (local $factor v128)
    (local.set $at (local.get $floats))
    (local.set $end (i32.add (local.get $floats) (i32.shl (local.get $dim) (i32.const 2))))
    (loop $each_lane
      (local.set $max (f32x4.max (local.get $max) (f32x4.abs (v128.load (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $each_lane (i32.lt_u (local.get $at) (local.get $end))))
    (local.set $scale (f32.div
      (f32.max
        (f32.max (f32x4.extract_lane 0 (local.get $max)) (f32x4.extract_lane 1 (local.get $max)))
        (f32.max (f32x4.extract_lane 2 (local.get $max)) (f32x4.extract_lane 3 (local.get $max))))
      (f32.const 127)))
    (if (f32.eq (local.get $scale) (f32.const 0)) (then (local.set $scale (f32.const 1))))
    (local.set $factor (f32x4.splat (f32.div (f32.const 1) (local.get $scale))))
    (local.set $at (local.get $floats))
    (loop $each_eight
      (v128.store64_lane 0 (local.get $row)
        (i8x16.narrow_i16x8_s
          (i16x8.narrow_i32x4_s
            (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load (local.get $at)) (local.get $factor))))
            (i32x4.trunc_sat_f32x4_s (f32x4.nearest (f32x4.mul (v128.load offset=16 (local.get $at)) (local.get $factor)))))
          (v128.const i32x4 0 0 0 0)))
      (local.set $row (i32.add (local.get $row) (i32.const 8)))
      (local.set $at (i32.add (local.get $at) (i32.const 32)))
      (br_if $each_eight (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $scale))

  ;; One bit for each of the floats at $floats: whether it is above the one at $mean.
  (func (export "signs") (param $floats i32) (param $mean i32) (param $dim i32) (param $row i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $floats) (i32.shl (local.get $dim) (i32.const 2))))
    (loop $each_eight
      (i32.store8 (local.get $row)
        (i32.or
          (i32x4.bitmask (f32x4.gt (v128.load (local.get $floats)) (v128.load (local.get $mean))))
          (i32.shl
            (i32x4.bitmask (f32x4.gt (v128.load offset=16 (local.get $floats)) (v128.load offset=16 (local.get $mean))))
            (i32.const 4))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (local.set $floats (i32.add (local.get $floats) (i32.const 32)))
      (local.set $mean (i32.add (local.get $mean) (i32.const 32)))
      (br_if $each_eight (i32.lt_u (local.get $floats) (local.get $end))))))
