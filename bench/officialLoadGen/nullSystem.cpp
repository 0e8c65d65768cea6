// The null system under the official LoadGen: nullSystem SCENARIO QUERIES QPS SECONDS FOLDER writes the logs of one
// performance test into FOLDER. It answers as sut/nullSut.ts does: at once, in batches that stay in the processor's cache.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "loadgen.h"
#include "query_sample.h"
#include "query_sample_library.h"
#include "system_under_test.h"
#include "test_settings.h"

namespace {

constexpr std::size_t kBatch = 1024;
constexpr std::size_t kResponseBytes = 8192;
constexpr std::size_t kSamples = 600;

class NullSystem : public mlperf::SystemUnderTest {
 public:
  NullSystem() : data_(kResponseBytes), responses_(kBatch) {
    for (auto& response : responses_) {
      response.data = reinterpret_cast<std::uintptr_t>(data_.data());
      response.size = data_.size();
    }
  }

  const std::string& Name() override { return name_; }

  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override {
    for (std::size_t start = 0; start < samples.size(); start += kBatch) {
      const std::size_t count = std::min(kBatch, samples.size() - start);
      for (std::size_t i = 0; i < count; i++) responses_[i].id = samples[start + i].id;
      mlperf::QuerySamplesComplete(responses_.data(), count);
    }
  }

  void FlushQueries() override {}

 private:
  std::string name_{"null"};
  std::vector<std::uint8_t> data_;
  std::vector<mlperf::QuerySampleResponse> responses_;
};

class EmptyLibrary : public mlperf::QuerySampleLibrary {
 public:
  const std::string& Name() override { return name_; }
  std::size_t TotalSampleCount() override { return kSamples; }
  std::size_t PerformanceSampleCount() override { return kSamples; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}

 private:
  std::string name_{"no samples"};
};

bool SetScenario(const std::string& name, mlperf::TestSettings* settings) {
  if (name == "SingleStream") settings->scenario = mlperf::TestScenario::SingleStream;
  else if (name == "Offline") settings->scenario = mlperf::TestScenario::Offline;
  else if (name == "Server") settings->scenario = mlperf::TestScenario::Server;
  else return false;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  mlperf::TestSettings settings;
  if (argc != 6 || !SetScenario(argv[1], &settings)) {
    std::cerr << "expected SCENARIO QUERIES QPS SECONDS FOLDER\n";
    return 2;
  }
  settings.mode = mlperf::TestMode::PerformanceOnly;
  settings.min_query_count = std::strtoull(argv[2], nullptr, 10);
  settings.server_target_qps = std::strtod(argv[3], nullptr);
  settings.min_duration_ms = 1000 * std::strtoull(argv[4], nullptr, 10);
  mlperf::LogSettings logs;
  logs.log_output.outdir = argv[5];
  logs.enable_trace = false;
  NullSystem system;
  EmptyLibrary library;
  mlperf::StartTest(&system, &library, settings, logs);
  return 0;
}
