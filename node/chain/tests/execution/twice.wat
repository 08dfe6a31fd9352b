;; Calls the account in its calldata without value and then with one wei, and answers how much data each call left to be
;; read, and the status of the second.
(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
  (import "vm_hooks" "return_data_size" (func $return_data_size (result i32)))
  (import "vm_hooks" "call_contract"
    (func $call_contract (param i32 i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $call (param $value i32) (result i32)
    (call $call_contract
      (i32.const 12) (i32.const 0) (i32.const 0) (local.get $value) (i64.const -1) (i32.const 200)))
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (call $read_args (i32.const 0))
    (i32.store8 (i32.const 127) (i32.const 1))
    (drop (call $call (i32.const 64)))
    (i32.store8 (i32.const 300) (call $return_data_size))
    (i32.store8 (i32.const 302) (call $call (i32.const 96)))
    (i32.store8 (i32.const 301) (call $return_data_size))
    (call $write_result (i32.const 300) (i32.const 3))
    (i32.const 0)))
