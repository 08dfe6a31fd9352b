;; A loop of as many turns as its calldata says.
(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (memory (export "memory") 1 1)
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (local $turns i32)
    (call $read_args (i32.const 0))
    (local.set $turns (i32.load (i32.const 0)))
    (loop $again
      (br_if $again (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
    (i32.const 0)))
