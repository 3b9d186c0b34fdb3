extension BuiltInPipelines {
    /// Projects of CMake, built by Ninja.
    static let cmake = [
        "cmake/configure": #"""
        name: Configure with CMake
        needs:
          packages:
            - cmake
            - ninja
        inputs:
          output-dir:
            description: The folder to build in.
            default: output
          opts:
            description: Further arguments; they win over the standard ones.
        pipeline:
          - runs: |
              cmake -G Ninja -B ${{inputs.output-dir}} \
                -DCMAKE_BUILD_TYPE=Release -DCMAKE_VERBOSE_MAKEFILE=ON \
                -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib \
                ${{inputs.opts}}
        """#,
        "cmake/build": #"""
        name: Build with CMake
        needs:
          packages:
            - cmake
            - ninja
        inputs:
          output-dir:
            description: The folder to build in.
            default: output
          opts:
            description: Further arguments of cmake --build.
        pipeline:
          - runs: |
              export VERBOSE=1
              cmake --build ${{inputs.output-dir}} ${{inputs.opts}}
        """#,
        "cmake/install": #"""
        name: Install with CMake
        needs:
          packages:
            - cmake
            - ninja
        inputs:
          output-dir:
            description: The folder that was built in.
            default: output
        pipeline:
          - runs: |
              export DESTDIR="${{targets.contextdir}}"
              cmake --install ${{inputs.output-dir}}
        """#,
    ]
}
