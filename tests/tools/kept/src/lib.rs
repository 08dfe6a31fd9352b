//! Keeps the number that its constructor is given, and gives it back to whoever calls.
#![cfg_attr(target_arch = "wasm32", no_std)]

#[cfg(target_arch = "wasm32")]
mod program {
    #[link(wasm_import_module = "vm_hooks")]
    unsafe extern "C" {
        fn pay_for_memory_grow(pages: u16);
        fn read_args(dest: *mut u8);
        fn storage_cache_bytes32(key: *const u8, value: *const u8);
        fn storage_flush_cache(clear: bool);
        fn storage_load_bytes32(key: *const u8, dest: *mut u8);
        fn write_result(data: *const u8, len: usize);
    }

    /// `stylus_constructor()`, before the constructor's arguments.
    const CONSTRUCTOR: [u8; 4] = [0x55, 0x85, 0x25, 0x8d];

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }

    #[unsafe(no_mangle)]
    extern "C" fn mark_used() {
        // SAFETY: the host gives what is imported.
        unsafe { pay_for_memory_grow(0) }
    }

    #[unsafe(no_mangle)]
    extern "C" fn user_entrypoint(len: usize) -> usize {
        let key = [0; 32];
        if len > 36 {
            return 1;
        }
        let mut input = [0; 36];
        // SAFETY: `input` holds as many bytes as there are; keys and values have 32.
        unsafe {
            read_args(input.as_mut_ptr());
            if len == 36 && input[..4] == CONSTRUCTOR {
                storage_cache_bytes32(key.as_ptr(), input[4..].as_ptr());
                storage_flush_cache(false);
                return 0;
            }
            let mut value = [0; 32];
            storage_load_bytes32(key.as_ptr(), value.as_mut_ptr());
            write_result(value.as_ptr(), value.len());
        }
        0
    }
}
