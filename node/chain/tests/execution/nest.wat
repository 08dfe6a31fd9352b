;; Calls the account in its calldata with all gas and the same calldata, and answers one more than what comes back.
(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
  (import "vm_hooks" "read_return_data" (func $read_return_data (param i32 i32 i32) (result i32)))
  (import "vm_hooks" "call_contract"
    (func $call_contract (param i32 i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (call $read_args (i32.const 0))
    (if (i32.eqz
          (call $call_contract
            (i32.const 0) (i32.const 0) (local.get $len) (i32.const 64) (i64.const -1)
            (i32.const 96)))
      (then (drop (call $read_return_data (i32.const 100) (i32.const 0) (i32.const 4)))))
    (i32.store (i32.const 100) (i32.add (i32.load (i32.const 100)) (i32.const 1)))
    (call $write_result (i32.const 100) (i32.const 4))
    (i32.const 0)))
