/*
 * An engine in C: speaks the protocol of docs/programs.md over standard input and output.
 *
 *     cc -O2 -o engine engine.c && npx loadgen run --quick --sut exec:./engine
 *
 * It stands in for a network: an embedding holds the means of equal parts of the image. Works where mmap does.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static long height, width, channels, embedding_values;
static const float *samples;
static long sample_values;

/* What went wrong goes to the harness as a line; the harness then ends this program. */
static void fail(const char *message) {
  printf("error %s\n", message);
  fflush(stdout);
  exit(1);
}

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Shows the samples of a file; it is removed afterwards, and stays readable here. */
static void map_samples(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat facts;
  if (file < 0 || fstat(file, &facts) != 0) fail("the file of the samples cannot be opened");
  if (samples != NULL) munmap((void *)samples, sample_values * sizeof(float));
  samples = mmap(NULL, facts.st_size, PROT_READ, MAP_SHARED, file, 0);
  if (samples == MAP_FAILED) fail("the file of the samples cannot be mapped");
  sample_values = facts.st_size / sizeof(float);
  close(file);
}

static void embed(const float *image, float *embedding) {
  long values = height * width * channels;
  for (long part = 0; part < embedding_values; part++) {
    long begin = part * values / embedding_values, end = (part + 1) * values / embedding_values;
    double sum = 0;
    for (long i = begin; i < end; i++) sum += image[i];
    embedding[part] = (float)(sum / (end - begin));
  }
}

static void infer(long first, long images) {
  long values = height * width * channels;
  if ((first + images) * values > sample_values) fail("an image lies outside of the samples");
  float *embeddings = malloc(images * embedding_values * sizeof(float));
  for (long i = 0; i < images; i++) embed(samples + (first + i) * values, embeddings + i * embedding_values);
  printf("embeddings %lld\n", now_ns());
  fwrite(embeddings, sizeof(float), images * embedding_values, stdout);
  free(embeddings);
}

int main(void) {
  char line[8192];
  long first, images;
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, "sphereface-loadgen 1") == 0)
      printf("name c-means\nformats\nprecisions fp32\ndescribed\n");
    else if (sscanf(line, "image %ld %ld %ld", &height, &width, &channels) == 3)
      continue;
    else if (sscanf(line, "embedding %ld", &embedding_values) == 1)
      continue;
    else if (strcmp(line, "load") == 0)
      printf("version 1\ninstructions unknown\nloaded\n");
    else if (strcmp(line, "clock") == 0)
      printf("clock %lld\n", now_ns());
    else if (strncmp(line, "samples ", 8) == 0) {
      map_samples(line + 8);
      printf("mapped\n");
    } else if (sscanf(line, "infer %ld %ld", &first, &images) == 2)
      infer(first, images);
    else if (strcmp(line, "close") == 0)
      return 0;
    fflush(stdout);
  }
  return 0;
}
