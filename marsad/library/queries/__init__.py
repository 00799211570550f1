"""What people ask of the library. Every query takes the reader; absent and forbidden look alike."""
